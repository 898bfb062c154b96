package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** What merging and defaulting must know of a place in an object. */
interface Schema {
    Schema field(String name);

    Schema item();

    /** The keys that tell the items of a list apart; absent for a list that is replaced as a whole. */
    Optional<List<String>> listKeys(JsonNode sample);

    /** Whether a list is a set of plain values. */
    boolean isSet();

    /** Whether an object or list belongs to one manager as a whole. */
    boolean isAtomic();
}
