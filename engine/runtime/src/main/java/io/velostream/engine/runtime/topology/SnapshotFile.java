package io.velostream.engine.runtime.topology;

import io.velostream.engine.guard.FaultHooks;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * One snapshot of a store: an immutable file with the entries as of one changelog offset.
 *
 * <p>Format, big-endian: magic {@code VSN1}, changelog offset (long), time of writing (long, milliseconds), number of
 * entries (int), then per entry key length (int), key, value length (int), value; last a CRC-32C (long) over all before
 * it. It is written under another name and renamed when complete, so a file of the right name is whole or damaged later.
 */
final class SnapshotFile {

    private static final int MAGIC = 0x56534E31;
    private static final int BUFFER = 1 << 16;
    private static final int HEADER_BYTES = 24;
    private static final int LONGEST_ENTRY = 1 << 30;

    /** Takes the entries of a snapshot. */
    @FunctionalInterface
    interface Entries {
        void entry(byte[] key, byte[] value);
    }

    /**
     * What a snapshot is of.
     *
     * @param offset the changelog's offset of the last entry that is in it
     */
    record Header(long offset, long writtenAtMillis, int entries) {}

    private SnapshotFile() {}

    /** Writes a snapshot; it is at its place only when everything of it is on the disk. */
    static void write(Path target, Header header, EntryBuffer entries) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".tmp");
        try (FileOutputStream file = new FileOutputStream(unfinished.toFile())) {
            CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(file, BUFFER), new CRC32C());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeInt(MAGIC);
            out.writeLong(header.offset());
            out.writeLong(header.writtenAtMillis());
            out.writeInt(header.entries());
            entries.writeTo(out);
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
            file.getFD().sync();
        }
        FaultHooks.hit(FaultHooks.Point.IN_SNAPSHOT);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads the header and proves the checksum of the whole file.
     *
     * @throws IOException when the file is damaged, cut or not a snapshot
     */
    static Header verify(Path file) throws IOException {
        long content = Files.size(file) - Long.BYTES;
        if (content < HEADER_BYTES) {
            throw new EOFException("Snapshot " + file + " is cut");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            CRC32C sum = new CRC32C();
            byte[] head = in.readNBytes(HEADER_BYTES);
            sum.update(head);
            byte[] buffer = new byte[BUFFER];
            for (long left = content - HEADER_BYTES; left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new EOFException("Snapshot " + file + " is cut");
                }
                sum.update(buffer, 0, count);
                left -= count;
            }
            DataInputStream fields = new DataInputStream(new ByteArrayInputStream(head));
            int magic = fields.readInt();
            Header header = new Header(fields.readLong(), fields.readLong(), fields.readInt());
            if (magic != MAGIC || new DataInputStream(in).readLong() != sum.getValue()) {
                throw new IOException("Snapshot " + file + " is damaged");
            }
            return header;
        }
    }

    /** Reads all entries of a file that was verified. */
    static void read(Path file, Entries entries) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            in.skipNBytes(HEADER_BYTES - Integer.BYTES);
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                entries.entry(bytes(in), bytes(in));
            }
        }
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_ENTRY) {
            throw new IOException("A snapshot's entry of " + length + " bytes is not possible");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
