/**
 * Runbook actions as state machines over {@code status.actions}: the intent is written before the effect, and every step can be
 * taken up again from what the status says.
 */
@NullMarked
package io.velostream.operator.action;

import org.jspecify.annotations.NullMarked;
