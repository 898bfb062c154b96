/** Circuit breakers: when a dependency that fails is left alone, and when it is tried again. */
@NullMarked
package io.velostream.engine.breaker;

import org.jspecify.annotations.NullMarked;
