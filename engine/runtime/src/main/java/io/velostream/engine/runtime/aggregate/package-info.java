/**
 * Aggregate functions over the cells and objects of a group. Each has two steps, so that a record that fails leaves a
 * group as it was: first all arguments are evaluated, then all states change.
 */
@NullMarked
package io.velostream.engine.runtime.aggregate;

import org.jspecify.annotations.NullMarked;
