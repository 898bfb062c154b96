/** SELECTs that are asked once: over topics as they are now, and over what the pod knows of itself. */
@org.jspecify.annotations.NullMarked
package io.velostream.engine.adhoc;
