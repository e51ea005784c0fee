import Testing

@testable import Reports

@Suite("A picture on the page")
struct InlineSVGTests {
  private static let picture = """
    <?xml version="1.0" encoding="utf-8"  standalone="no"?>
    <svg
     viewBox="0 0 100 50"
     xmlns="http://www.w3.org/2000/svg"
    >
    <title>Gnuplot</title>
    <rect x="0" y="0" width="100" height="50" fill="#ffffff"/>
    <defs>
    	<circle id='gpPt5' r='1'/>
    </defs>
    <g fill="none" color="black" stroke="currentColor" stroke-width="0.60">
    	<path stroke='rgb( 68,  68,  68)'  d='M10.00,20.00 L15.02,20.00  '/>	<g transform="translate(5.00,21.50)" stroke="none" fill="black" font-family="sans-serif" font-size="11.00"  text-anchor="end">
    		<text> 0.5</text>
    	</g>
    </g>
    <g fill="none" color="black" stroke="currentColor" stroke-width="0.60">
    	<path stroke='rgb( 68,  68,  68)'  d='M10.00,30.00 L15.00,30.00  '/></g>
    	<g id="gnuplot_plot_1a" ><title>equal</title>
    <g fill="none" color="black" stroke="currentColor" stroke-width="1.60">
    	<path stroke='rgb(  0, 114, 178)'  d='M10.00,20.00 L20.00,20.00 L30.00,20.00 L40.00,10.04  '/>	<use xlink:href='#gpPt5' transform='translate(10.00,20.00) scale(2.50)' color='rgb(  0, 114, 178)'/>
    	<use xlink:href='#gpPt6' transform='translate(20.00,20.00) scale(2.00)' color='rgb(  0, 114, 178)'/>
    </g>
    	</g>
    </svg>
    """

  @Test("says each look once, with the parts and their names as gnuplot drew them")
  func element() {
    let expected =
      "<svg role=\"img\" aria-label=\"A &amp; B\" style=\"--width:100px\" viewBox=\"0 0 100 50\">"
      + "<path stroke=#444 stroke-width=0.6 d=\"M10 20h5M10 30h5\"/>"
      + "<g class=e><text x=5 y=22>0.5</text></g>"
      + "<g><title>equal</title><path stroke=#0072b2 stroke-width=1.6 d=\"M10 20h20l10-10\"/>"
      + "<g color=#0072b2 transform=scale(2.5)><use href=#gpPt5 x=4 y=\"8\"/></g>"
      + "<path stroke=#0072b2 stroke-width=4 stroke-linecap=round d=\"M20 20h0\"/></g></svg>"
    #expect(InlineSVG.element(Self.picture, title: "A & B") == expected)
    #expect(
      InlineSVG.symbols(Self.picture)
        == "<svg class=\"symbols\" aria-hidden=\"true\"><defs><circle id='gpPt5' r='1'/></defs></svg>"
    )
    #expect(InlineSVG.element("no picture", title: "A") == nil)
  }

  @Test("keeps raised parts of a text, and no tags that change nothing")
  func raised() throws {
    let number =
      "<text><tspan font-family=\"sans-serif\" >10</tspan>"
      + "<tspan font-family=\"sans-serif\" dy=\"-5.50px\" font-size=\"8.8\">−4</tspan>"
      + "<tspan dy=\"5.50\" font-size=\"11.0\"></tspan></text>"
    let picture = Self.picture.replacing("<text> 0.5</text>", with: number)
    let element = try #require(InlineSVG.element(picture, title: "A"))
    #expect(
      element.contains("<text x=5 y=22>10<tspan dy=-5.5 font-size=8.8>−4</tspan></text>")
    )
  }

  @Test("has paths without points that a straight line passes, and with the rest in place")
  func paths() {
    #expect(SVGPath.short(path: "M1,1 L2,2 L3,3 L3,3 L2,2") == "M1 1l2 2-1-1")
    #expect(SVGPath.short(path: "M0.5,0 L0.5,-1.25 M7,7 Z") == "M.5 0v-1.3")
    #expect(SVGPath.short(path: "M0,0 L1,0 L1,1 Z") == "M0 0h1v1z")
    #expect(SVGPath.short(path: "M0,0 C1,0 1,1 2,2") == nil)
    #expect(SVGPath.short(polygon: "0,0 2,0 2,2") == "M0 0h2v2z")
  }
}
