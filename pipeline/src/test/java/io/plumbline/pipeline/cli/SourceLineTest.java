package io.plumbline.pipeline.cli;

import static io.plumbline.pipeline.cli.SourceLine.BLANK;
import static io.plumbline.pipeline.cli.SourceLine.CODE;
import static io.plumbline.pipeline.cli.SourceLine.COMMENT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceLineTest {

    @Test
    void of_comments_areToldFromCode() {
        assertThat(SourceLine.of("int a; // b\n// c\n\n/* d\n e\n*/ int f;\r\n/* g */\n/* h */ int i; /* j\nk */\nl"))
                .containsExactly(CODE, COMMENT, BLANK, COMMENT, COMMENT, CODE, COMMENT, CODE, COMMENT, CODE);
    }

    @Test
    void of_commentSignInAText_startsNone() {
        assertThat(SourceLine.of("String glob = \"/*\";\nint a;\nfoo(); // see /*\nint b;"))
                .containsExactly(CODE, CODE, CODE, CODE);
    }
}
