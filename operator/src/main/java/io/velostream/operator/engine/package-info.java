/**
 * The engine pods as the operator sees them: one port, {@link io.velostream.operator.engine.EnginePods}, in the words of the
 * pods' admin API, and its HTTP client with timeouts, bounded retry and a breaker for each pod.
 */
@NullMarked
package io.velostream.operator.engine;

import org.jspecify.annotations.NullMarked;
