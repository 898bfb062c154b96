/** Log lines, as JSON or text, in the form that the runbook's filters read. */
@NullMarked
package io.velostream.engine.log;

import org.jspecify.annotations.NullMarked;
