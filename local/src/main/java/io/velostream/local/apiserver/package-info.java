/** A Kubernetes API on this machine: the real server where its binaries are, else one in memory. */
@NullMarked
package io.velostream.local.apiserver;

import org.jspecify.annotations.NullMarked;
