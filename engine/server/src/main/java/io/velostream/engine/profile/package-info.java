/** Where the time of the processors goes, sampled by the JVM's flight recorder. */
@NullMarked
package io.velostream.engine.profile;

import org.jspecify.annotations.NullMarked;
