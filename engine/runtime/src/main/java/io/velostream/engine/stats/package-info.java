/** What the pod measures about itself, under the runbook's names. */
@NullMarked
package io.velostream.engine.stats;

import org.jspecify.annotations.NullMarked;
