/** Who may use the admin API. */
@NullMarked
package io.velostream.engine.admin.access;

import org.jspecify.annotations.NullMarked;
