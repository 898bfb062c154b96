/** Writes the CRDs from the Java model; runs in the build and is no part of the operator. */
@NullMarked
package io.velostream.crd.generator;

import org.jspecify.annotations.NullMarked;
