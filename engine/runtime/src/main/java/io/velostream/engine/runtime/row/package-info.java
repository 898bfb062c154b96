/**
 * What the hot path is made of: rows of typed slots, text as slices, numbers written without garbage. A row is reused
 * from record to record; nothing here allocates per record.
 */
@NullMarked
package io.velostream.engine.runtime.row;

import org.jspecify.annotations.NullMarked;
