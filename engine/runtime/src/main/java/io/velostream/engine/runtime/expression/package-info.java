/**
 * Expressions of the plan, compiled once a stage to typed evaluators: one abstract class a kind of value, so that
 * numbers and text pass without boxing. NULL is a bit beside the value.
 */
@NullMarked
package io.velostream.engine.runtime.expression;

import org.jspecify.annotations.NullMarked;
