/** The whole system on a real cluster, with real pods made from real images. */
package io.velostream.operator.e2e;
