/**
 * Window functions over the ordered rows of a partition: order, frames, and what is computed of them.
 */
@NullMarked
package io.velostream.engine.runtime.over;

import org.jspecify.annotations.NullMarked;
