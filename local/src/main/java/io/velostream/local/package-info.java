/** A Kubernetes-shaped environment on one machine. */
@NullMarked
package io.velostream.local;

import org.jspecify.annotations.NullMarked;
