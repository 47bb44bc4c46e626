package io.plumbline.pipeline.control.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.jar.Manifest;
import org.jetbrains.java.decompiler.main.extern.IContextSource;
import org.jetbrains.java.decompiler.main.extern.IFernflowerLogger;
import org.jetbrains.java.decompiler.main.extern.IFernflowerPreferences;
import org.jetbrains.java.decompiler.main.extern.IResultSaver;

/** Decompiles class files in memory; touches no file and loads none of the classes. */
final class Vineflower {
    private static final int MAX_CHARS = 4 << 20;
    private static final int SECONDS_A_METHOD = 4;

    private Vineflower() {}

    /**
     * A decompiled text.
     *
     * @param pairs the running class's line and the text's, one after the other, for every line that is known; both from 1
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Text(String text, int[] pairs) {}

    /** @throws IllegalStateException where the class can't be decompiled */
    static Text decompile(String type, SortedMap<String, byte[]> files) {
        InMemory source = new InMemory(type.replace('.', '/'), files);
        new org.jetbrains.java.decompiler.api.Decompiler.Builder()
                .inputs(source)
                .output(new NoFiles())
                .logger(IFernflowerLogger.NO_OP)
                .option(IFernflowerPreferences.BYTECODE_SOURCE_MAPPING, "1")
                .option(IFernflowerPreferences.INCLUDE_JAVA_RUNTIME, "")
                .option(IFernflowerPreferences.INDENT_STRING, MemberOrder.INDENT)
                .option(IFernflowerPreferences.NEW_LINE_SEPARATOR, "1")
                .option(IFernflowerPreferences.DECOMPILER_COMMENTS, "0")
                .option(IFernflowerPreferences.DUMP_BYTECODE_ON_ERROR, "0")
                .option(IFernflowerPreferences.MAX_PROCESSING_METHOD, String.valueOf(SECONDS_A_METHOD))
                .option(IFernflowerPreferences.THREADS, "1")
                .build()
                .decompile();
        if (source.made == null || source.made.text().length() > MAX_CHARS) {
            throw new IllegalStateException(source.made == null ? "there is no text of it" : "its text is too long");
        }
        return source.made;
    }

    /** The class files, and the text that is made of them. */
    private static final class InMemory implements IContextSource {
        private final String outer;
        private final SortedMap<String, byte[]> files;
        private Text made;

        InMemory(String outer, SortedMap<String, byte[]> files) {
            this.outer = outer;
            this.files = files;
        }

        @Override
        public String getName() {
            return outer;
        }

        @Override
        public Entries getEntries() {
            return new Entries(
                    files.keySet().stream()
                            .map(name -> Entry.atBase(name.replace('.', '/')))
                            .toList(),
                    List.of(),
                    List.of());
        }

        @Override
        public InputStream getInputStream(String resource) {
            String name = resource.endsWith(CLASS_SUFFIX)
                    ? resource.substring(0, resource.length() - CLASS_SUFFIX.length())
                    : resource;
            byte[] bytes = files.get(name.replace('/', '.'));
            return bytes == null ? null : new ByteArrayInputStream(bytes);
        }

        @Override
        public IOutputSink createOutputSink(IResultSaver saver) {
            return new IOutputSink() {
                @Override
                public void begin() {
                    // nothing is opened
                }

                @Override
                public void acceptClass(String qualifiedName, String fileName, String content, int[] mapping) {
                    if (content != null && (made == null || qualifiedName.equals(outer))) {
                        made = new Text(content, mapping == null ? new int[0] : mapping.clone());
                    }
                }

                @Override
                public void acceptDirectory(String directory) {
                    // there is none
                }

                @Override
                public void acceptOther(String path) {
                    // there is none
                }

                @Override
                public void close() throws IOException {
                    // nothing was opened
                }
            };
        }
    }

    /** Nothing is written: the source keeps what is made of it. */
    private static final class NoFiles implements IResultSaver {
        @Override
        public void saveFolder(String path) {}

        @Override
        public void copyFile(String source, String path, String entryName) {}

        @Override
        public void saveClassFile(String path, String qualifiedName, String entryName, String content, int[] mapping) {}

        @Override
        public void createArchive(String path, String archiveName, Manifest manifest) {}

        @Override
        public void saveDirEntry(String path, String archiveName, String entryName) {}

        @Override
        public void copyEntry(String source, String path, String archiveName, String entry) {}

        @Override
        public void saveClassEntry(
                String path, String archiveName, String qualifiedName, String entryName, String content) {}

        @Override
        public void closeArchive(String path, String archiveName) {}
    }
}
