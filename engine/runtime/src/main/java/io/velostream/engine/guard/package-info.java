/** Owners of failures: dead letters, rate-limited logs, fault points. */
@NullMarked
package io.velostream.engine.guard;

import org.jspecify.annotations.NullMarked;
