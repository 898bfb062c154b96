/** A node that runs pods as processes of this machine, driven through the Kubernetes API only. */
@NullMarked
package io.velostream.local.node;

import org.jspecify.annotations.NullMarked;
