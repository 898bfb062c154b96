package io.velostream.operator.cluster;

import io.velostream.operator.engine.ConfigVerdict;
import java.util.Optional;

/**
 * What is known of a cluster's configuration.
 *
 * @param wanted hash of what the spec asks for
 * @param lastGood hash of what every pod got ready with last, as long as its text is there
 * @param verdict what a pod says of the wanted one; only asked for while a deployment waits for it
 */
record ConfigView(String wanted, Optional<String> lastGood, Optional<ConfigVerdict> verdict) {}
