/** Conditions, phases, figures and events: the only place that decides how a status reads. */
@NullMarked
package io.velostream.operator.status;

import org.jspecify.annotations.NullMarked;
