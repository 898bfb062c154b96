/** How much memory the state of a pod may take, who takes it, and the disk that holds the rest. */
@NullMarked
package io.velostream.engine.runtime.memory;

import org.jspecify.annotations.NullMarked;
