package io.plumbline.agent.oracle;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the oracle reads from a class file (JVMS §4) by itself: the lines, and the table of character ranges that javac
 * writes with {@code -Xjcov}, which says for each stretch of bytecode the stretch of source that it was made from
 * (com.sun.tools.javac.jvm.CRTable).
 */
final class ClassTables {
    private static final int MAGIC = 0xCAFEBABE;

    private final DataInputStream in;
    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<String, List<Range>> ranges = new HashMap<>();
    private final Map<String, List<Handler>> handlers = new HashMap<>();
    private final SortedSet<Integer> lines = new TreeSet<>();
    private String sourceFile = "";

    /**
     * @param first and {@code last}: bytecode indexes, both inclusive
     */
    record Range(int first, int last, Span source) {}

    /**
     * @param first and {@code end}: bytecode indexes, the end exclusive
     */
    record Handler(int first, int end, int handler) {}

    private ClassTables(byte[] bytes) {
        in = new DataInputStream(new ByteArrayInputStream(bytes));
    }

    static ClassTables read(byte[] bytes) throws IOException {
        ClassTables tables = new ClassTables(bytes);
        tables.readClass();
        return tables;
    }

    /** The ranges of a method, by name and descriptor. */
    List<Range> ranges(String method) {
        return ranges.getOrDefault(method, List.of());
    }

    /** What a method catches, by name and descriptor. */
    List<Handler> handlers(String method) {
        return handlers.getOrDefault(method, List.of());
    }

    SortedSet<Integer> lines() {
        return lines;
    }

    String sourceFile() {
        return sourceFile;
    }

    private void readClass() throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("no class file");
        }
        in.skipNBytes(4); // version
        readConstants();
        in.skipNBytes(6); // access, this, super
        in.skipNBytes(2L * in.readUnsignedShort());
        readMembers();
        readMembers();
        readAttributes("");
    }

    private void readConstants() throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(i, in.readUTF());
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++;
                }
                default -> in.skipNBytes(4);
            }
        }
    }

    private void readMembers() throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            in.skipNBytes(2);
            readAttributes(text() + text());
        }
    }

    private String text() throws IOException {
        return texts.get(in.readUnsignedShort());
    }

    private void readAttributes(String member) throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            String name = text();
            int length = in.readInt();
            switch (name) {
                case "Code" -> readCode(member);
                case "CharacterRangeTable" -> readRanges(member);
                case "LineNumberTable" -> readLines();
                case "SourceFile" -> sourceFile = text();
                default -> in.skipNBytes(length);
            }
        }
    }

    private void readCode(String member) throws IOException {
        in.skipNBytes(4); // stack, locals
        in.skipNBytes(in.readInt());
        List<Handler> found = new ArrayList<>();
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            found.add(new Handler(in.readUnsignedShort(), in.readUnsignedShort(), in.readUnsignedShort()));
            in.skipNBytes(2); // type
        }
        handlers.put(member, found);
        readAttributes(member);
    }

    private void readLines() throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            in.skipNBytes(2);
            lines.add(in.readUnsignedShort());
        }
    }

    private void readRanges(String member) throws IOException {
        List<Range> found = new ArrayList<>();
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            int first = in.readUnsignedShort();
            int last = in.readUnsignedShort();
            found.add(new Range(first, last, new Span(in.readInt(), in.readInt())));
            in.skipNBytes(2); // kind
        }
        ranges.put(member, found);
    }
}
