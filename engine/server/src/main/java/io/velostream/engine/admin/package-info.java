/** The HTTP API of one pod: health, metrics, and administration behind a bearer token. */
@NullMarked
package io.velostream.engine.admin;

import org.jspecify.annotations.NullMarked;
