package io.plumbline.agent.boot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * Leads what the agent's libraries do with the program's logging and management elsewhere. Whoever is first to touch {@code
 * java.util.logging} or the platform's MBean server decides what they are made of, and it must be the application: some
 * servers put their own in place in their {@code main}. So in the libraries' class files the names of the two entries are
 * replaced by those of classes of the agent's, which say and register nothing.
 *
 * <p>The format is that of the JVM specification, §4.4: names stand in the constant pool as text.
 */
final class Detour {
    private static final Map<String, String> NAMES = Map.of(
            "java/util/logging/Logger", "io/plumbline/agent/quiet/QuietLogger",
            "java/lang/management/ManagementFactory", "io/plumbline/agent/quiet/NoManagement");

    private static final int MAGIC_AND_VERSION = 8;
    private static final int UTF8 = 1;

    /** The length of a constant behind its tag, by tag; 0 for tags that there are not. */
    private static final int[] LENGTHS = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};

    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    private Detour() {}

    /** Whether a class is a library's. */
    static boolean isFor(String className) {
        return className.startsWith("io.opentelemetry.") || className.startsWith("org.apache.kafka.");
    }

    /** The class file with other names in it. */
    static byte[] lead(byte[] bytes) throws IOException {
        ByteArrayOutputStream led = new ByteArrayOutputStream(bytes.length + 256);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        DataOutputStream out = new DataOutputStream(led);
        out.write(in.readNBytes(MAGIC_AND_VERSION));
        int count = in.readUnsignedShort();
        out.writeShort(count);
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == UTF8) {
                out.writeUTF(led(in.readUTF()));
            } else {
                out.write(in.readNBytes(LENGTHS[tag]));
            }
            if (tag == LONG || tag == DOUBLE) {
                i++;
            }
        }
        in.transferTo(out);
        return led.toByteArray();
    }

    private static String led(String text) {
        if (!text.contains("java/util/logging/Logger") && !text.contains("java/lang/management/ManagementFactory")) {
            return text;
        }
        String led = text;
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            led = led.equals(name.getKey())
                    ? name.getValue()
                    : led.replace("L" + name.getKey() + ";", "L" + name.getValue() + ";");
        }
        return led;
    }
}
