/**
 * Bytes to rows and rows to bytes. Readers are made from the plan: they take the fields that it names, check the
 * structure of the whole record and skip the rest. Writers append to one growing buffer.
 */
@NullMarked
package io.velostream.engine.format;

import org.jspecify.annotations.NullMarked;
