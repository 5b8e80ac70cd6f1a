import PkgmineCLI

await PkgmineTool.main()
