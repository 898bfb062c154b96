/** A job's life on a pod: compiled, waiting, running, suspended, drained, stopped, failed and rebuilt. */
@NullMarked
package io.velostream.engine.job;

import org.jspecify.annotations.NullMarked;
