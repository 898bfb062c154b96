package io.velostream.crd.v1alpha1;

/** What both custom resources share. */
public final class VelostreamApi {

    public static final String GROUP = "velostream.io";
    public static final String VERSION = "v1alpha1";

    /** Longest name of a resource: it goes into names of pods and Services with a suffix, and those end at 63. */
    public static final int MAX_NAME_LENGTH = 45;

    static final String NAME_RULE =
            "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$') && size(self.metadata.name) <= "
                    + MAX_NAME_LENGTH;
    static final String NAME_MESSAGE =
            "the name must begin with a letter, hold lower-case letters, digits and dashes only, and " + "have at most "
                    + MAX_NAME_LENGTH + " characters: names of pods and Services are made from it";

    private VelostreamApi() {}
}
