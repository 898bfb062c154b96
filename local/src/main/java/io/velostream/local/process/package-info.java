/** Child processes that never outlive this one. */
@NullMarked
package io.velostream.local.process;

import org.jspecify.annotations.NullMarked;
