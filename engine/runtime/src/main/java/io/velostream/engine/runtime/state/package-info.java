/**
 * Live keyed state: open-addressing tables keyed by bytes, one table a window, with their durable form.
 */
@NullMarked
package io.velostream.engine.runtime.state;

import org.jspecify.annotations.NullMarked;
