/**
 * The {@code VeloStreamJob} reconciler: validates the SQL, places the job on a cluster, hands its document to the pods and follows
 * what they say.
 */
@NullMarked
package io.velostream.operator.job;

import org.jspecify.annotations.NullMarked;
