/** The operator's jar as a process, killed in the middle. */
package io.velostream.operator.process;
