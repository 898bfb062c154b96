package io.velostream.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class VeloVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            Optional.ofNullable(Velo.class.getPackage().getImplementationVersion())
                    .orElse("development")
        };
    }
}
