/** The broker in a process of its own, and the input that is loaded into it. */
@NullMarked
package io.velostream.bench.broker;

import org.jspecify.annotations.NullMarked;
