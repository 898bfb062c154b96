/**
 * The API of Velostream: both custom resources as immutable records, with the defaults, bounds and CEL rules that their
 * CRDs are generated from.
 *
 * <p>Optional values are {@code @Nullable} components; everything that has a default in the CRD has the same default
 * here, so that an object that never passed through an API server reads the same. Lists and maps are never null.
 * Every record has a generated builder ({@code VeloClusterSpecBuilder.builder()}, or {@code builder(existing)} to change a
 * copy).
 */
@NullMarked
package io.velostream.crd.v1alpha1;

import org.jspecify.annotations.NullMarked;
