/** What the pod and its operators took over time, and what follows from it for limits (runbook, “Regular Maintenance”). */
@NullMarked
package io.velostream.engine.resources;

import org.jspecify.annotations.NullMarked;
