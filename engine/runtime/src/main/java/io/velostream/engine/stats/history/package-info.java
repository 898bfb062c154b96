/** What the pod measured, kept for days in bounded memory and across restarts, and what a week of it amounts to. */
@NullMarked
package io.velostream.engine.stats.history;

import org.jspecify.annotations.NullMarked;
