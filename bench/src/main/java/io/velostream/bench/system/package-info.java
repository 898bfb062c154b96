/** The systems under test, each the main program of a process of its own. */
@NullMarked
package io.velostream.bench.system;

import org.jspecify.annotations.NullMarked;
