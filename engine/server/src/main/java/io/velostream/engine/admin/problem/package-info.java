/** Errors as RFC 9457 problem documents, wherever in the server they arise. */
@NullMarked
package io.velostream.engine.admin.problem;

import org.jspecify.annotations.NullMarked;
