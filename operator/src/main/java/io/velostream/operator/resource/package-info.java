/** Writing Kubernetes objects: which are ours, whether they already say what they should, and the one way to write them. */
@NullMarked
package io.velostream.operator.resource;

import org.jspecify.annotations.NullMarked;
