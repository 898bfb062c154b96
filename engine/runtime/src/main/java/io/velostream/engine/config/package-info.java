/**
 * The pod's configuration, {@code velostream.yaml}: one catalogue of keys, from which reading, validation, the typed
 * model, the JSON form and the reference page are made.
 */
@NullMarked
package io.velostream.engine.config;

import org.jspecify.annotations.NullMarked;
