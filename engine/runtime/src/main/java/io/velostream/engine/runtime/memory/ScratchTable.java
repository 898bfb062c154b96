package io.velostream.engine.runtime.memory;

import io.velostream.engine.runtime.state.ColdStorageException;
import io.velostream.engine.runtime.state.ColdTable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** One table of the {@link ScratchSpace}. What is put is collected and written in batches. */
final class ScratchTable implements ColdTable {

    private static final int BATCH_BYTES = 1 << 20;

    private final RocksDB rocks;
    private final byte[] first;
    private final byte[] end;
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private @Nullable WriteBatch batch;

    ScratchTable(RocksDB rocks, long number) {
        this.rocks = rocks;
        this.first = ScratchSpace.number(number);
        this.end = ScratchSpace.number(number + 1);
    }

    private byte[] whole(byte[] key) {
        byte[] whole = Arrays.copyOf(first, first.length + key.length);
        System.arraycopy(key, 0, whole, first.length, key.length);
        return whole;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        WriteBatch open = batch;
        if (open == null) {
            open = new WriteBatch();
            batch = open;
        }
        try {
            open.put(whole(key), value);
        } catch (RocksDBException e) {
            throw failed("written", e);
        }
        if (open.getDataSize() >= BATCH_BYTES) {
            flush();
        }
    }

    @Override
    public void flush() {
        WriteBatch written = batch;
        if (written == null) {
            return;
        }
        batch = null;
        try (written) {
            rocks.write(unlogged, written);
        } catch (RocksDBException e) {
            throw failed("written", e);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        try {
            return rocks.get(whole(key));
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void remove(byte[] key) {
        try {
            rocks.delete(unlogged, whole(key));
        } catch (RocksDBException e) {
            throw failed("written", e);
        }
    }

    @Override
    public void forEach(Visitor visitor) {
        try (Slice bound = new Slice(end);
                ReadOptions options = new ReadOptions()
                        .setIterateUpperBound(bound)
                        .setFillCache(false)
                        .setReadaheadSize(BATCH_BYTES);
                RocksIterator entries = rocks.newIterator(options)) {
            for (entries.seek(first); entries.isValid(); entries.next()) {
                byte[] key = entries.key();
                visitor.entry(Arrays.copyOfRange(key, first.length, key.length), entries.value());
            }
            entries.status();
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    private static ColdStorageException failed(String what, RocksDBException e) {
        return new ColdStorageException(
                "State on disk cannot be " + what + " (" + e.getMessage()
                        + "); look whether the disk of the state directory is full",
                e);
    }

    @Override
    public void close() {
        WriteBatch unwritten = batch;
        batch = null;
        if (unwritten != null) {
            unwritten.close();
        }
        try {
            rocks.deleteFilesInRanges(rocks.getDefaultColumnFamily(), List.of(first, end), false);
            rocks.deleteRange(unlogged, first, end);
        } catch (RocksDBException e) {
            throw failed("deleted", e);
        } finally {
            unlogged.close();
        }
    }
}
