import java.nio.charset.StandardCharsets;

/** JSON from standard input, a value a line, so that people see what changes. */
final class Pretty {
    public static void main(String[] args) throws Exception {
        String json = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder();
        int depth = 0;
        boolean text = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (text) {
                out.append(c);
                if (c == '\\') {
                    out.append(json.charAt(++i));
                }
                text = c != '"';
            } else if (c == '"') {
                text = true;
                out.append(c);
            } else if (c == '{' || c == '[') {
                out.append(c);
                line(out, ++depth);
            } else if (c == '}' || c == ']') {
                line(out, --depth);
                out.append(c);
            } else if (c == ',') {
                out.append(c);
                line(out, depth);
            } else if (!Character.isWhitespace(c)) {
                out.append(c);
            }
        }
        System.out.write((out + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static void line(StringBuilder out, int depth) {
        out.append('\n').append(" ".repeat(depth));
    }
}
