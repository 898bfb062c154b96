/**
 * A Kubernetes API in memory: storage with revisions and watches, the verbs with their metadata rules, server-side apply with
 * field ownership, custom resources, discovery. No admission, no CEL, no authentication.
 */
@NullMarked
package io.velostream.local.apiserver.memory;

import org.jspecify.annotations.NullMarked;
