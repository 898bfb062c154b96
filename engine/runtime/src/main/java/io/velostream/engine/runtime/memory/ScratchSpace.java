package io.velostream.engine.runtime.memory;

import io.velostream.engine.runtime.state.ColdStorage;
import io.velostream.engine.runtime.state.ColdStorageException;
import io.velostream.engine.runtime.state.ColdTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBufferManager;

/**
 * One RocksDB a process, for what does not fit into memory. Each table has a number that its keys begin with. Nothing is
 * synced and there is no log: what an earlier process left is deleted at the start. The database is opened when the first
 * table is, and its memory, outside the heap, is one cache with the write buffers in it.
 */
public final class ScratchSpace implements ColdStorage, AutoCloseable {

    private static final long MIB = 1L << 20;
    private static final int FILTER_BITS = 10;
    private static final int OPEN_FILES = 256;

    private final Path directory;
    private final long cacheBytes;
    private final AtomicLong tables = new AtomicLong();
    private @Nullable Database database;
    private boolean closed;

    /** An open database and what it was opened with. */
    record Database(RocksDB rocks, Options options, Cache cache, WriteBufferManager buffers) {
        void close() {
            rocks.close();
            options.close();
            buffers.close();
            cache.close();
        }
    }

    /**
     * Empties the directory.
     *
     * @param cacheBytes memory outside the heap, at least 8 MiB
     * @throws UncheckedIOException when what is in the directory cannot be deleted
     */
    public ScratchSpace(Path directory, long cacheBytes) {
        this.directory = directory;
        this.cacheBytes = Math.max(8 * MIB, cacheBytes);
        try {
            delete();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "What an earlier process left of its state in " + directory + " cannot be deleted", e);
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public ColdTable open() {
        return new ScratchTable(database().rocks(), tables.incrementAndGet());
    }

    private synchronized Database database() {
        if (closed) {
            throw new IllegalStateException("The scratch space " + directory + " is closed");
        }
        Database known = database;
        if (known == null) {
            known = opened();
            database = known;
        }
        return known;
    }

    private Database opened() {
        RocksDB.loadLibrary();
        Cache cache = new LRUCache(cacheBytes);
        WriteBufferManager buffers = new WriteBufferManager(cacheBytes / 2, cache);
        Options options = new Options()
                .setCreateIfMissing(true)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFilterPolicy(new BloomFilter(FILTER_BITS)))
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferManager(buffers)
                .setWriteBufferSize(cacheBytes / 4)
                .setMaxWriteBufferNumber(2)
                .setMemtablePrefixBloomSizeRatio(0.1)
                .setMemtableWholeKeyFiltering(true)
                .setMaxBackgroundJobs(2)
                .setMaxOpenFiles(OPEN_FILES)
                .setAvoidFlushDuringShutdown(true)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setKeepLogFileNum(1);
        try {
            Files.createDirectories(directory);
            return new Database(RocksDB.open(options, directory.toString()), options, cache, buffers);
        } catch (IOException | RocksDBException e) {
            options.close();
            buffers.close();
            cache.close();
            throw new ColdStorageException(
                    "State that does not fit into memory cannot go to " + directory
                            + "; let the process write there, or give the pod more memory",
                    e);
        }
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    /** Bytes on disk; 0 before anything went there. */
    public synchronized long diskBytes() {
        Database known = database;
        if (known == null) {
            return 0;
        }
        try {
            return known.rocks().getLongProperty("rocksdb.total-sst-files-size");
        } catch (RocksDBException e) {
            throw new ColdStorageException("The size of " + directory + " cannot be read", e);
        }
    }

    /** Bytes of the cache and of what is being written, outside the heap; 0 before anything went to disk. */
    public synchronized long memoryBytes() {
        Database known = database;
        return known == null ? 0 : known.cache().getUsage();
    }

    /**
     * Gives back the disk of entries that were deleted or written anew. Takes as long as it takes to write the rest; the
     * tables stay in use meanwhile.
     */
    public void compact() {
        Database known;
        synchronized (this) {
            known = database;
        }
        if (known == null) {
            return;
        }
        try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            known.rocks().flush(wait);
            known.rocks().compactRange();
        } catch (RocksDBException e) {
            throw new ColdStorageException("State on disk in " + directory + " cannot be compacted", e);
        }
    }

    /** Ends the database; no table may be in use any more. */
    @Override
    public synchronized void close() {
        closed = true;
        Database known = database;
        database = null;
        if (known != null) {
            known.close();
        }
    }

    /** The keys of a table begin with its number. */
    static byte[] number(long table) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (table >>> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
        return bytes;
    }
}
