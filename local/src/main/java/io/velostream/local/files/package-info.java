/** File trees: made, linked, deleted. */
@NullMarked
package io.velostream.local.files;

import org.jspecify.annotations.NullMarked;
