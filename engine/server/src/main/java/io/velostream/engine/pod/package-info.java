/** What makes a process a pod: its environment, the files that it is given, and what it watches. */
@NullMarked
package io.velostream.engine.pod;

import org.jspecify.annotations.NullMarked;
