package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.state.ColdStorage;
import io.velostream.engine.runtime.state.GroupCodec;
import io.velostream.engine.runtime.state.GroupTable;
import org.jspecify.annotations.Nullable;

/** State that is one table of groups, of which those that are not needed may go to disk. */
interface TableState extends StageState {

    /** The table. */
    GroupTable table();

    /** Goes on with another table in its place. */
    void goOnWith(GroupTable table);

    /** How a group is written to disk. */
    GroupCodec codec();

    /** Where groups go that do not fit into memory; null keeps them all there. */
    @Nullable ColdStorage storage();

    @Override
    default long bytes() {
        return table().bytes();
    }

    @Override
    default long bytesAhead() {
        return table().growthAhead();
    }

    @Override
    default long groups() {
        return table().live();
    }

    @Override
    default long spilledGroups() {
        return table().spilled();
    }

    @Override
    default boolean canSpill() {
        return storage() != null;
    }

    @Override
    default void spill(long targetBytes) {
        ColdStorage disk = storage();
        if (disk != null) {
            goOnWith(table().reduced(disk, codec(), targetBytes));
        }
    }
}
